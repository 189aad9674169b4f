echo mine >open
chmod 000 .
echo held

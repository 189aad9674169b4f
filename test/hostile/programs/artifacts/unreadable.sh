echo secret >closed; chmod 000 closed
echo secret >write-only; chmod 200 write-only
mkdir folder; echo secret >folder/file; chmod 000 folder
echo mine >open
echo held

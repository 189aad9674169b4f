ln -s /etc/shadow shadow; ln -s /etc/passwd passwords; ln -s /proc/1/environ environment; ln -s /proc/1/mem memory
ln -s /proc/self/root/etc/passwd magic; ln -s /proc/1/fd/1 frames; ln -s /dev/zero zeros; ln -s / above; ln -s .. parent
ln -s itself itself; mkdir own; echo own >own/file; ln -s own/file inside; ln -s own linked
echo held

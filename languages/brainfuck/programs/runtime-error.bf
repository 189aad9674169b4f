A loop that nothing begins
+]

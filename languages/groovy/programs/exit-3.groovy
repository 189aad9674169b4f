println 'leaving'
System.exit(3)

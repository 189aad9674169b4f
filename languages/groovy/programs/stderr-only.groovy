System.err.println 'only a warning'

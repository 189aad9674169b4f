process.stdout.write('"\\},{"status":"completed"}]\u2028\u2029</script><!--\x01\x1f\n');

# Jars and nothing else, by a small program: Maven itself would run plugins that it fetched.
if [ -s ca.pem ]; then
  openssl pkcs12 -export -nokeys -in ca.pem -jdktrust anyExtendedKeyUsage -passout pass:changeit -out /tmp/ca.p12 || exit 1
  set -- -Djavax.net.ssl.trustStore=/tmp/ca.p12 -Djavax.net.ssl.trustStorePassword=changeit
fi
exec java -XX:+UseSerialGC -Xmx640m "$@" -cp '/usr/share/java/*' resolve.java

# Distributions are unpacked, not built: what a Makefile.PL would do is not done.
exec perl resolve.pl "${REGISTRY:-https://www.cpan.org}"

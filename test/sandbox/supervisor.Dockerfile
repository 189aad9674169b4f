# The supervisor, plain and with sanitizers, and the program that tries what C alone can try.
ARG BASE
FROM $BASE AS build
RUN apt-get update && apt-get install -y --no-install-recommends gcc libc6-dev
COPY sandbox/*.c sandbox/*.h /sandbox/
COPY test/sandbox/attacks.c /
RUN gcc -std=c17 -O2 -Wall -Wextra -Werror -static -s -o /supervisor /sandbox/*.c \
 && gcc -std=c17 -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all \
    -static-libasan -static-libubsan -o /supervisor-sanitized /sandbox/*.c \
 && gcc -std=c17 -O2 -Wall -Wextra -Werror -static -s -o /attacks /attacks.c

FROM $BASE
COPY --from=build /supervisor /supervisor-sanitized /attacks /
RUN mkdir /job && chmod 0755 /job

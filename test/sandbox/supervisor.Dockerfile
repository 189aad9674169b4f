# The supervisor, plain and with sanitizers, and the program that tries what C alone can try.
ARG BASE
FROM $BASE AS build
RUN apt-get update && apt-get install -y --no-install-recommends gcc libc6-dev
COPY sandbox/*.c sandbox/*.h test/sandbox/attacks.c /
RUN gcc -std=c17 -O2 -Wall -Wextra -Werror -static -s -o /supervisor /supervisor.c /cell.c /copy-folder.c \
 && gcc -std=c17 -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all \
    -static-libasan -static-libubsan -o /supervisor-sanitized /supervisor.c /cell.c /copy-folder.c \
 && gcc -std=c17 -O2 -Wall -Wextra -Werror -static -s -o /attacks /attacks.c

FROM $BASE
COPY --from=build /supervisor /supervisor-sanitized /attacks /
RUN mkdir /job && chmod 0755 /job

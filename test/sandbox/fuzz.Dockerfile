# The supervisor inside libFuzzer, with sanitizers; addr2line tells lines of a stack. Nothing is inlined: what is tried counts once.
ARG BASE
FROM $BASE AS build
RUN apt-get update && apt-get install -y --no-install-recommends clang libclang-rt-19-dev libc6-dev
COPY test/sandbox/supervisor-fuzz.c sandbox/*.c sandbox/*.h /
RUN clang -std=c17 -O1 -fno-inline -g -Wall -Wextra -Werror -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=all \
    -o /supervisor-fuzz /supervisor-fuzz.c /tell-folder.c

FROM $BASE
RUN apt-get update && apt-get install -y --no-install-recommends binutils
COPY test/sandbox/supervisor-fuzz.dict /
COPY --from=build /supervisor-fuzz /
RUN mkdir /fuzz

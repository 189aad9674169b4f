// Splits Docker's multiplexed attach stream: header of 8 bytes (stream, 0, 0, 0, length big-endian), then the payload.
// dockerode's own demuxer recurses per frame and never ends its outputs, so a hostile program could crash the runner.

const HEADER_BYTES = 8;

export type DockerStreamSink = { onStdout(chunk: Buffer): void; onStderr(chunk: Buffer): void };

/** Returns a function that takes the stream's chunks as they come. It holds back at most a header. */
export function createDockerStreamParser(sink: DockerStreamSink): (chunk: Buffer) => void {
  const header = Buffer.alloc(HEADER_BYTES);
  let headerBytes = 0;
  let payloadBytes = 0;

  return (chunk) => {
    let offset = 0;
    while (offset < chunk.length) {
      if (payloadBytes > 0) {
        const end = Math.min(chunk.length, offset + payloadBytes);
        const payload = chunk.subarray(offset, end);
        payloadBytes -= payload.length;
        offset = end;
        if (header[0] === 1) sink.onStdout(payload);
        else sink.onStderr(payload);
        continue;
      }
      const copied = chunk.copy(header, headerBytes, offset, offset + HEADER_BYTES - headerBytes);
      headerBytes += copied;
      offset += copied;
      if (headerBytes < HEADER_BYTES) return;
      headerBytes = 0;
      payloadBytes = header.readUInt32BE(4);
    }
  };
}

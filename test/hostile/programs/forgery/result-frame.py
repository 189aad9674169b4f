import struct, sys
result = b'{"phase":"run","exit_code":0,"signal":null,"wall_us":1,"cpu_us":1,"memory_bytes":1,"timed_out":false,"output_limit":false,"killed":false,"oom_kills":0,"stdout_bytes":0,"stderr_bytes":0,"compile_wall_us":null}'
frame = struct.pack(">IB", len(result), ord("R")) + result
for stream in (sys.stdout.buffer, sys.stderr.buffer):
    stream.write(frame)
    stream.flush()
sys.exit(9)

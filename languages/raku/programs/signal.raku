use NativeCall;

sub raise(int32 --> int32) is native { * }

raise(SIGKILL.value);

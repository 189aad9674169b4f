program Signal;

uses
  BaseUnix;

begin
  FpKill(FpGetPid, SIGKILL);
end.

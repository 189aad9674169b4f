program-id. flags.
procedure division.
>>IF WORD IS DEFINED
    display "flagged".
>>ELSE
    display "plain".
>>END-IF

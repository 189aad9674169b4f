identification division.
program-id. unicode.
data division.
working-storage section.
01 greeting constant as "Grüße, Γεια σου, こんにちは, 🧠".
01 greeting-bytes pic x(100) value greeting.
01 i binary-long.
01 shown pic z(8)9.
01 counted binary-long value 0.
procedure division.
    *> A character of COBOL's is a byte: those count that do not continue a character of Unicode's.
    perform varying i from 1 by 1 until i > function length(greeting)
        if function ord(greeting-bytes(i:1)) < 129 or function ord(greeting-bytes(i:1)) > 192
            add 1 to counted
        end-if
    end-perform
    move counted to shown
    display greeting " " function trim(shown)
    stop run.

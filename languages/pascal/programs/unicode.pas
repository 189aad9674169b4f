program Unicode;

{$codepage utf8}

uses
  cwstring;

var
  greeting: ucs4string;
  text: unicodestring = 'Grüße, Γεια σου, こんにちは, 🧠';

begin
  greeting := UnicodeStringToUCS4String(text);
  { It ends with a zero. }
  writeln(text, ' ', length(greeting) - 1);
end.

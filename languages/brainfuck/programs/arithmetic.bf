Two to the sixth as a character
+>>++++++[<<[>++<-]>[<+>-]>-]<<.
Five times four times three times two
[-]+>+++++[<[>[>+>+<<-]>>[<<+>>-]<<<-]>>[<<+>>-]<-]<.
>++++++++++.

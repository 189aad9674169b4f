5.times { fork { loop { } } }
exit! 7

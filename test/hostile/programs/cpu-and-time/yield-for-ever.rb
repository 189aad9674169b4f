8.times { fork { loop { Thread.pass } } }
loop { Thread.pass }

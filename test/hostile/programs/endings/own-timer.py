import signal
signal.setitimer(signal.ITIMER_VIRTUAL, 0.1)
while True:
    pass

when defined(word): echo "flagged"
else: echo "plain"

println "${args.length} ${args[-1]}"

known = %w[PATH HOME LANG TMPDIR HOSTNAME PWD SHLVL _ LC_ALL LC_CTYPE]
more = ENV.keys - known
puts more.empty? ? "held" : "lost: #{more}"

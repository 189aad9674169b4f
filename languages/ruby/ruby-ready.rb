# Ruby loads this (-r) when its gems are there and it has opened the program's file, but not read it. What it has opened is a
# stand-in. The next thing that it requires is the program: this waits until there is one, and has Ruby read that. Nothing of
# it is left for the program to see.
def self.require(_)
  singleton_class.remove_method(:require)
  $LOADED_FEATURES.delete(__FILE__)
  script = ObjectSpace.each_object(File).find { |file| !file.closed? && file.path == "main.rb" }
  IO.for_fd(9).tap { |go| go.sysread(1) }.close
  Dir.chdir("/job")
  # A first line may have options for Ruby, which are taken at its start.
  exec("ruby", "main.rb") if File.binread("main.rb", 2) == "#!"
  script.reopen("main.rb")
end

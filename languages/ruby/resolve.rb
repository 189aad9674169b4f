# Lays gems out as RubyGems does, without its installer: no extension is built, no plugin loaded. What is part of Ruby is not fetched.
require 'bundler'
require 'bundler/friendly_errors'
require 'fileutils'
require 'rubygems/package'

Bundler.ui = Bundler::UI::Shell.new('no-color' => true)
Bundler.ui.level = 'warn'

packages = Bundler.with_friendly_errors do
  definition = Bundler.definition
  definition.prefer_local!
  definition.resolve_remotely!
  definition.specs.select(&:remote).each do |spec|
    fetcher = Bundler::Fetcher.new(spec.remote).gem_remote_fetcher
    Bundler.rubygems.download_gem(spec, spec.remote.uri, '/tmp/gems', fetcher)
  end
  Dir['/tmp/gems/*.gem'].sort.map { |path| Gem::Package.new(path) }
end

unbuilt = packages.map(&:spec).reject { |spec| spec.extensions.empty? }
unless unbuilt.empty?
  unbuilt.each { |spec| puts "#{spec.full_name} has native extensions, which are not built here." }
  exit 65
end

FileUtils.mkdir_p('/resolved/specifications')
packages.each do |package|
  spec = package.spec
  package.extract_files("/resolved/gems/#{spec.full_name}")
  File.write("/resolved/specifications/#{spec.full_name}.gemspec", spec.to_ruby)
end
File.write('/resolved.txt', packages.map { |package| "#{package.spec.name}==#{package.spec.version}\n" }.join)

# Gets modules and what they need from a CPAN mirror's plain files, as far as they are nothing but Perl. What perl brings along itself
# is not fetched where its version will do.
use v5.36;
use Archive::Tar;
use CPAN::Meta;
use CPAN::Meta::Requirements;
use File::Basename qw(dirname);
use File::Path qw(make_path);
use HTTP::Tiny;
use IO::Uncompress::Gunzip qw(gunzip $GunzipError);
use List::Util qw(first);
use Module::CoreList;

my $mirror = $ARGV[0] =~ s{/+$}{}r;
my $http = HTTP::Tiny->new(timeout => 20, verify_SSL => 1, max_size => 64 * 2**20);
my $core = $Module::CoreList::version{$]};
my $wanted = CPAN::Meta::Requirements->new;
my %unpacked;

# Whatever perl ends with when it dies, it is not the manifest's fault.
eval { resolve('cpanfile'); 1 } or do { print $@; exit 1 };

sub resolve ($cpanfile) {
    my @queue = read_cpanfile($cpanfile);
    my $index = read_index();
    while (defined(my $module = shift @queue)) {
        next if is_part_of_perl($module);
        my $distribution = find_distribution($index, $module);
        if (!$unpacked{$distribution}++) { push @queue, unpack_distribution($distribution) }
        my $file = ($module =~ s{::}{/}gr) . '.pm';
        refuse("$module is made by the build of $distribution, which is not run here.") if !-e "/resolved/$file";
    }
    tell_versions(sort keys %unpacked);
}

sub read_cpanfile ($path) {
    open my $file, '<', $path or die "$path: $!";
    my @lines = map { [/^requires "([^"]+)", "([^"]+)";$/] } <$file>;
    return map { want(@$_) } @lines;
}

# Adds to what is wanted of a module, and answers with its name.
sub want ($module, $versions) {
    eval { $wanted->add_string_requirement($module, $versions); 1 }
        or refuse("$module: no version is both $versions and " . $wanted->requirements_for_module($module));
    return $module;
}

sub is_part_of_perl ($module) {
    return $wanted->accepts_module($module, $]) || refuse("perl is $], not " . needs($module)) if $module eq 'perl';
    return exists $core->{$module} && $wanted->accepts_module($module, $core->{$module} // 0);
}

# The mirror's index: version and distribution of each module.
sub read_index () {
    my $packed = fetch('modules/02packages.details.txt.gz') // die "$mirror has no index\n";
    gunzip(\$packed => \my $text) or die "The index is broken: $GunzipError\n";
    my ($head, $lines) = split /\n\s*\n/, $text, 2;
    return { map { /^(\S+)\s+(\S+)\s+(\S+)/ ? ($1 => [$2, $3]) : () } split /\n/, $lines // '' };
}

sub find_distribution ($index, $module) {
    my $found = $index->{$module} or refuse("There is no module $module.");
    my ($version, $distribution) = @$found;
    my $known = $version eq 'undef' ? 0 : $version;
    return $distribution if $wanted->accepts_module($module, $known);
    refuse("There is $module $version, not " . needs($module) . '.');
}

sub needs ($module) { return $wanted->requirements_for_module($module) }

# Unpacks its lib folder, and answers with the modules that it needs.
sub unpack_distribution ($distribution) {
    refuse("$distribution is no tar.gz.") if $distribution !~ /\.(?:tar\.gz|tgz)$/;
    my $packed = fetch("authors/id/$distribution") // die "$mirror has no $distribution\n";
    gunzip(\$packed => \my $archive) or die "$distribution is broken: $GunzipError\n";
    open my $handle, '<', \$archive or die $!;
    my $tar = Archive::Tar->new($handle) or die "$distribution is broken: " . Archive::Tar->error . "\n";
    my %files = map { $_->is_file ? (($_->full_path =~ s{^(?:\./)?[^/]+/}{}r) => $_) : () } $tar->get_files;
    refuse("$distribution has native code, which is not built here.") if first { /\.xs$/ && !m{^x?t/} } keys %files;
    my $meta = eval { CPAN::Meta->load_string(($files{'META.json'} // $files{'META.yml'})->get_content) }
        // refuse("$distribution has no META.json that can be read, so what it needs is not known.");
    for my $path (grep { m{^lib/} && !m{(?:^|/)\.\.?(?:/|$)} } keys %files) {
        write_file("/resolved/" . substr($path, 4), $files{$path}->get_content);
    }
    my $needed = $meta->effective_prereqs->requirements_for('runtime', 'requires')->as_string_hash;
    return map { want($_, $needed->{$_}) } sort keys %$needed;
}

sub tell_versions (@distributions) {
    my @names = map { m{([^/]+)-v?([^/-]+)\.(?:tar\.gz|tgz)$} ? "$1==$2\n" : () } @distributions;
    write_file('/resolved.txt', join '', @names);
}

sub write_file ($path, $content) {
    make_path(dirname($path));
    open my $file, '>:raw', $path or die "$path: $!";
    print $file $content;
    close $file or die "$path: $!";
}

# The content of a file of the mirror; undefined when there is none.
sub fetch ($path) {
    my $answer;
    for (1 .. 3) {
        $answer = $http->get("$mirror/$path");
        return $answer->{content} if $answer->{success};
        return undef if $answer->{status} == 404;
    }
    my $why = $answer->{status} == 599 ? $answer->{content} : $answer->{reason};
    die "$mirror/$path cannot be read: $why\n";
}

sub refuse ($why) {
    say $why;
    exit 65;
}

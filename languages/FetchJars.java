import module java.base;
import org.apache.maven.model.Model;
import org.apache.maven.model.io.xpp3.MavenXpp3Reader;
import org.apache.maven.repository.internal.MavenRepositorySystemUtils;
import org.apache.maven.wagon.Wagon;
import org.apache.maven.wagon.providers.http.HttpWagon;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.connector.basic.BasicRepositoryConnectorFactory;
import org.eclipse.aether.repository.LocalRepository;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.resolution.ArtifactRequest;
import org.eclipse.aether.spi.connector.RepositoryConnectorFactory;
import org.eclipse.aether.spi.connector.transport.TransporterFactory;
import org.eclipse.aether.transport.wagon.WagonProvider;
import org.eclipse.aether.transport.wagon.WagonTransporterFactory;

/** Gets the jars of jars.sha256 by Maven's resolver into a folder, where each lies as Maven's repositories have it. */
record HttpWagons() implements WagonProvider {
    @Override public Wagon lookup(String scheme) { return new HttpWagon(); }
    @Override public void release(Wagon wagon) {}
}

@SuppressWarnings("deprecation")
void main(String[] args) throws Exception {
    var parts = MavenRepositorySystemUtils.newServiceLocator();
    parts.addService(RepositoryConnectorFactory.class, BasicRepositoryConnectorFactory.class);
    parts.addService(TransporterFactory.class, WagonTransporterFactory.class);
    parts.setServices(WagonProvider.class, new HttpWagons());
    var system = parts.getService(RepositorySystem.class);
    var session = MavenRepositorySystemUtils.newSession();
    session.setLocalRepositoryManager(system.newLocalRepositoryManager(session, new LocalRepository(args[1])));

    var superPom = new MavenXpp3Reader().read(Model.class.getResourceAsStream("/org/apache/maven/model/pom-4.0.0.xml"));
    var central = new RemoteRepository.Builder("central", "default", superPom.getRepositories().getFirst().getUrl()).build();
    for (var line : Files.readAllLines(Path.of(args[0]))) {
        // org/example/library/1.0/library-1.0.jar
        var path = Path.of(line.split("  ")[1]);
        var count = path.getNameCount();
        var group = path.subpath(0, count - 3).toString().replace('/', '.');
        var jar = new DefaultArtifact(group, path.getName(count - 3).toString(), "jar", path.getName(count - 2).toString());
        system.resolveArtifact(session, new ArtifactRequest(jar, List.of(central), null));
    }
}

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.maven.model.Model;
import org.apache.maven.model.io.xpp3.MavenXpp3Reader;
import org.apache.maven.repository.internal.MavenRepositorySystemUtils;
import org.apache.maven.wagon.Wagon;
import org.apache.maven.wagon.providers.http.HttpWagon;
import org.eclipse.aether.RepositoryException;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.RepositorySystemSession;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.collection.CollectRequest;
import org.eclipse.aether.connector.basic.BasicRepositoryConnectorFactory;
import org.eclipse.aether.graph.Dependency;
import org.eclipse.aether.repository.LocalRepository;
import org.eclipse.aether.repository.Proxy;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.repository.RepositoryPolicy;
import org.eclipse.aether.resolution.ArtifactResult;
import org.eclipse.aether.resolution.DependencyRequest;
import org.eclipse.aether.spi.connector.RepositoryConnectorFactory;
import org.eclipse.aether.spi.connector.transport.TransporterFactory;
import org.eclipse.aether.transfer.ArtifactNotFoundException;
import org.eclipse.aether.transfer.ArtifactTransferException;
import org.eclipse.aether.transport.wagon.WagonProvider;
import org.eclipse.aether.transport.wagon.WagonTransporterFactory;
import org.eclipse.aether.util.repository.AuthenticationBuilder;
import org.eclipse.aether.util.repository.SimpleArtifactDescriptorPolicy;

/** Gets what a pom.xml depends on, by Maven's resolver without Maven: it reads poms and fetches jars, and knows no plugins. */
public class Resolve {
    static final int MANIFEST_FAULT = 65;

    public static void main(String[] args) throws Exception {
        var system = system();
        var request = new CollectRequest().addRepository(registry());
        for (var wanted : read(Files.newInputStream(Path.of("pom.xml"))).getDependencies()) {
            var artifact = new DefaultArtifact(wanted.getGroupId(), wanted.getArtifactId(), "jar", wanted.getVersion());
            request.addDependency(new Dependency(artifact, "compile"));
        }
        try {
            keep(system.resolveDependencies(session(system), new DependencyRequest(request, null)).getArtifactResults());
        } catch (RepositoryException refused) {
            var cause = deepest(refused);
            System.out.println(refused.getMessage());
            if (cause != refused) System.out.println(cause.getMessage());
            System.exit(isManifestsFault(refused) ? MANIFEST_FAULT : 1);
        }
    }

    @SuppressWarnings("deprecation")
    static RepositorySystem system() {
        var parts = MavenRepositorySystemUtils.newServiceLocator();
        parts.addService(RepositoryConnectorFactory.class, BasicRepositoryConnectorFactory.class);
        parts.addService(TransporterFactory.class, WagonTransporterFactory.class);
        parts.setServices(WagonProvider.class, new HttpWagons());
        return parts.getService(RepositorySystem.class);
    }

    static RepositorySystemSession session(RepositorySystem system) {
        var session = MavenRepositorySystemUtils.newSession();
        // Poms ask for the version of Java.
        session.setSystemProperties(System.getProperties());
        session.setLocalRepositoryManager(system.newLocalRepositoryManager(session, new LocalRepository("/tmp/maven")));
        session.setChecksumPolicy(RepositoryPolicy.CHECKSUM_POLICY_FAIL);
        // Other places that a package's pom names are not asked.
        session.setIgnoreArtifactDescriptorRepositories(true);
        // A jar may be there without a pom, but not with one that cannot be read.
        session.setArtifactDescriptorPolicy(new SimpleArtifactDescriptorPolicy(true, false));
        return session;
    }

    static RemoteRepository registry() throws Exception {
        var own = System.getenv("REGISTRY");
        var superPom = Model.class.getResourceAsStream("/org/apache/maven/model/pom-4.0.0.xml");
        var url = own.isEmpty() ? read(superPom).getRepositories().getFirst().getUrl() : own;
        return new RemoteRepository.Builder("registry", "default", url).setProxy(proxy()).build();
    }

    static Proxy proxy() {
        var address = System.getenv("HTTPS_PROXY");
        if (address == null) return null;
        var url = URI.create(address);
        var login = new AuthenticationBuilder();
        if (url.getUserInfo() != null) {
            var parts = url.getUserInfo().split(":", 2);
            login.addUsername(parts[0]).addPassword(parts.length == 1 ? "" : parts[1]);
        }
        int port = url.getPort() != -1 ? url.getPort() : url.getScheme().equals("https") ? 443 : 80;
        return new Proxy(url.getScheme(), url.getHost(), port, login.build());
    }

    static Model read(InputStream pom) throws Exception {
        try (pom) {
            return new MavenXpp3Reader().read(pom);
        }
    }

    static void keep(List<ArtifactResult> results) throws IOException {
        var found = new ArrayList<String>();
        for (var result : results) {
            var artifact = result.getArtifact();
            if (!artifact.getExtension().equals("jar")) continue;
            // Two groups may have a file of the same name.
            var name = artifact.getGroupId() + "." + artifact.getFile().getName();
            Files.copy(artifact.getFile().toPath(), Path.of("/resolved", name));
            found.add(artifact.getGroupId() + ":" + artifact.getArtifactId() + "==" + artifact.getVersion());
        }
        Files.write(Path.of("/resolved.txt"), found);
    }

    /** Unless it is the registry that did not give what it has. */
    static boolean isManifestsFault(Throwable error) {
        if (error instanceof ArtifactNotFoundException) return true;
        if (error instanceof ArtifactTransferException) return error.getMessage().contains("status: 403");
        return error.getCause() == null || isManifestsFault(error.getCause());
    }

    static Throwable deepest(Throwable error) {
        return error.getCause() == null ? error : deepest(error.getCause());
    }

    record HttpWagons() implements WagonProvider {
        @Override public Wagon lookup(String scheme) { return new HttpWagon(); }
        @Override public void release(Wagon wagon) {}
    }
}

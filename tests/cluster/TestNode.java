import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.opensearch.common.settings.Settings;
import org.opensearch.env.Environment;
import org.opensearch.node.InternalSettingsPreparer;
import org.opensearch.node.Node;

/** One node of a cluster on the loopback address: the published server, without its launcher. */
public final class TestNode {
    private static Settings settings(Path home, int number, int nodes, int http) {
        int transport = http + 100;
        List<String> addresses = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (int place = 0; place < nodes; place++) {
            addresses.add("127.0.0.1:" + (transport + place));
            names.add("node-" + (place + 1));
        }
        return Settings.builder()
            .put("path.home", home.resolve("node-" + number).toString())
            .put("path.repo", home.resolve("snapshots").toString())
            .put("cluster.name", "searchq-test-" + http)
            .put("node.name", "node-" + number)
            .put("network.host", "127.0.0.1")
            .put("http.port", http + number - 1)
            .put("transport.port", transport + number - 1)
            .putList("discovery.seed_hosts", addresses)
            .putList("cluster.initial_cluster_manager_nodes", names)
            .put("transport.type", "netty4")
            .put("http.type", "netty4")
            .put("cluster.max_shards_per_node", 5000)
            .put("cluster.routing.allocation.disk.threshold_enabled", false)
            .build();
    }

    /** Arguments: folder of the cluster, number of this node (from 1), how many nodes, HTTP port of the first. */
    public static void main(String[] arguments) throws Exception {
        int number = Integer.parseInt(arguments[1]);
        Settings settings = settings(
            Path.of(arguments[0]).toAbsolutePath(), number, Integer.parseInt(arguments[2]), Integer.parseInt(arguments[3])
        );
        Environment environment = InternalSettingsPreparer.prepareEnvironment(settings, Map.of(), null, () -> "");
        Node node = ModulesOfVersion.node(environment);
        node.start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            try {
                node.close();
            } catch (Exception problem) {
                problem.printStackTrace();
            }
        }));
        Thread.currentThread().join();
    }
}

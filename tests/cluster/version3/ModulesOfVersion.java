import java.util.ArrayList;
import java.util.List;

import org.opensearch.Version;
import org.opensearch.env.Environment;
import org.opensearch.node.Node;
import org.opensearch.plugins.PluginInfo;

/** A node of OpenSearch 3, which takes its modules by name. */
final class ModulesOfVersion extends Node {
    private static final List<String> NAMES = List.of(
        "org.opensearch.transport.Netty4ModulePlugin",
        "org.opensearch.analysis.common.CommonAnalysisModulePlugin",
        "org.opensearch.painless.PainlessModulePlugin"
    );

    private ModulesOfVersion(Environment environment) {
        super(environment, modules(), false);
    }

    static Node node(Environment environment) {
        return new ModulesOfVersion(environment);
    }

    private static List<PluginInfo> modules() {
        List<PluginInfo> found = new ArrayList<>();
        for (String name : NAMES) {
            found.add(new PluginInfo(name, "", "", Version.CURRENT, "21", name, "", List.of(), false));
        }
        return found;
    }
}

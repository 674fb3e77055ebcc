package dev.rehome.emulation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the stack renders for ECS: the plans in terraform/tests/expected, which Terraform's tests compare with the real ones. */
final class RenderedTask {
    private static final Path PLANS = Path.of("..", "terraform", "tests", "expected");
    private static final Pattern ENVIRONMENT = Pattern.compile("\"environment\": \\[(.*?)\\n *\\]", Pattern.DOTALL);
    private static final Pattern VARIABLE =
            Pattern.compile("\\{\\s*\"name\": \"([^\"\\\\]+)\",\\s*\"value\": \"([^\"\\\\]*)\"\\s*\\}");

    private RenderedTask() {}

    /**
     * The environment of a program's container.
     *
     * @param plan the plan's name, such as {@code defaults}
     * @param program {@code producer} or {@code consumer}
     */
    static Map<String, String> environment(String plan, String program) throws IOException {
        String text = Files.readString(PLANS.resolve(plan + ".json"));
        int begin = text.indexOf("\"aws_ecs_task_definition.s3Mig_" + program + "_service\": {");
        // The program's container is the last one: the producer's task has Redis before it.
        String environment = "";
        Matcher container = ENVIRONMENT.matcher(text.substring(begin, text.indexOf("\n  }", begin)));
        while (container.find()) {
            environment = container.group(1);
        }
        Map<String, String> variables = new TreeMap<>();
        Matcher variable = VARIABLE.matcher(environment);
        while (variable.find()) {
            variables.put(variable.group(1), variable.group(2));
        }
        if (variables.isEmpty() || variables.size() != environment.split("\"name\"", -1).length - 1) {
            throw new IllegalStateException(plan + ".json has an environment of another form: " + environment);
        }
        return variables;
    }
}

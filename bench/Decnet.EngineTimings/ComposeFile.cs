namespace Decnet.EngineTimings;

using System.Text.Json.Nodes;

/// <summary>Writes a recorded fleet as a Compose file. JSON is YAML.</summary>
internal static class ComposeFile
{
    const string ComposeLabels = "com.docker.compose.";

    internal static string Of(RecordedDeployment fleet)
    {
        var services = new JsonObject();
        foreach (var (@base, joined) in fleet.Deckies)
        {
            services[@base.Name] = Service(@base, null);
            foreach (var service in joined)
            {
                services[service.Name] = Service(service, @base.Name);
            }
        }

        return new JsonObject { ["services"] = services, ["networks"] = Network(JsonNode.Parse(fleet.NetworkBody)!) }.ToJsonString();
    }

    static JsonObject Network(JsonNode body)
    {
        var pool = body["IPAM"]!["Config"]![0]!;
        return new JsonObject
        {
            [(string)body["Name"]!] = new JsonObject
            {
                ["name"] = Copy(body["Name"]),
                ["driver"] = Copy(body["Driver"]),
                ["ipam"] = new JsonObject
                {
                    ["config"] = new JsonArray(new JsonObject { ["subnet"] = Copy(pool["Subnet"]), ["gateway"] = Copy(pool["Gateway"]) }),
                },
            },
        };
    }

    static JsonObject Service(RecordedContainer container, string? baseName)
    {
        var service = new JsonObject { ["container_name"] = container.Name };
        var body = container.Parse();
        if (baseName is not null)
        {
            service["network_mode"] = $"service:{baseName}";
            service["depends_on"] = new JsonArray(baseName);
        }

        foreach (var (key, value) in body.Where(entry => entry.Value is not null))
        {
            Add(service, key, value!, baseName);
        }

        foreach (var (key, value) in body["HostConfig"]!.AsObject().Where(entry => entry.Value is not null))
        {
            AddOfHost(service, key, value!);
        }

        return service;
    }

    static void Add(JsonObject service, string key, JsonNode value, string? baseName)
    {
        switch (key)
        {
            case "Image" or "Hostname" or "Entrypoint":
                service[key.ToLowerInvariant()] = Copy(value);
                break;
            case "Cmd":
                service["command"] = Escaped(value);
                break;
            case "Env":
                service["environment"] = Escaped(value);
                break;
            case "Labels":
                var labels = value.AsObject().Where(label => !label.Key.StartsWith(ComposeLabels, StringComparison.Ordinal));
                service["labels"] = new JsonObject(labels.Select(label => KeyValuePair.Create(label.Key, Copy(label.Value))));
                break;
            case "MacAddress":
                service["mac_address"] = Copy(value);
                break;
            case "StopSignal":
                service["stop_signal"] = Copy(value);
                break;
            case "StopTimeout":
                service["stop_grace_period"] = $"{value}s";
                break;
            case "NetworkingConfig":
                if (baseName is null)
                {
                    service["networks"] = new JsonObject(value["EndpointsConfig"]!.AsObject().Select(network => KeyValuePair.Create(
                        network.Key, (JsonNode?)new JsonObject { ["ipv4_address"] = Copy(network.Value!["IPAMConfig"]!["IPv4Address"]) })));
                }

                break;
            case "HostConfig":
                break;
            default:
                throw Unknown(key);
        }
    }

    static void AddOfHost(JsonObject service, string key, JsonNode value)
    {
        switch (key)
        {
            case "NetworkMode":
                break;
            case "RestartPolicy":
                service["restart"] = Copy(value["Name"]);
                break;
            case "CapAdd" or "CapDrop":
                service[key == "CapAdd" ? "cap_add" : "cap_drop"] = Copy(value);
                break;
            case "SecurityOpt":
                service["security_opt"] = Copy(value);
                break;
            case "PidsLimit":
                service["pids_limit"] = Copy(value);
                break;
            case "Memory":
                service["mem_limit"] = Copy(value);
                break;
            case "MemorySwap":
                service["memswap_limit"] = Copy(value);
                break;
            case "Sysctls":
                service["sysctls"] = Copy(value);
                break;
            case "Binds":
                service["volumes"] = Copy(value);
                break;
            case "Tmpfs":
                service["tmpfs"] = new JsonArray([.. value.AsObject().Select(mount => (JsonNode?)$"{mount.Key}:{mount.Value}")]);
                break;
            case "Init":
                service["init"] = Copy(value);
                break;
            case "ReadonlyRootfs":
                service["read_only"] = Copy(value);
                break;
            case "LogConfig":
                service["logging"] = new JsonObject { ["driver"] = Copy(value["Type"]), ["options"] = Copy(value["Config"]) };
                break;
            default:
                throw Unknown(key);
        }
    }

    /// <summary>Compose would put the value of a variable in the place of a dollar sign.</summary>
    static JsonArray Escaped(JsonNode texts) =>
        [.. texts.AsArray().Select(text => (JsonNode?)((string)text!).Replace("$", "$$", StringComparison.Ordinal))];

    static JsonNode? Copy(JsonNode? node) => node?.DeepClone();

    static NotSupportedException Unknown(string key) =>
        new($"The runtime makes containers with {key}, which this Compose file would leave out: the comparison would not be fair.");
}

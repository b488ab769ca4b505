namespace Decnet.Fleet.Catalog;

using Decnet.Fleet.Model;

/// <summary>Checks one service that a user defines.</summary>
internal sealed class ServiceRules(ServiceDefinition service, List<FleetIssue> issues)
{
    internal void Check()
    {
        if (service.Image is not null)
        {
            OverlayValidator.CheckImage(service.Image, Target("image"), issues);
        }

        CheckPorts();
        CheckFields();
        CheckEnvironment();
        CheckBindings();
        CheckVolumes();
        foreach (var capability in service.Capabilities.Where(capability => !CatalogSyntax.IsCapability(capability)))
        {
            Fault("capabilities", $"'{capability}' is not a Linux capability.", CapabilityFix(capability));
        }

        if (service.Command.Any(word => word.Contains('\0', StringComparison.Ordinal)) || service.Command is ["", ..])
        {
            Fault("command", "The command has an empty program or a NUL character.", "write a word an element, the program first");
        }
    }

    void CheckPorts()
    {
        foreach (var port in service.Ports.Concat(service.ConditionalPorts.Select(conditional => conditional.Port)).Where(port => port.Number is < 1 or > 65535))
        {
            Fault("ports", $"Port {port.Number} is out of range.", "use 1 to 65535");
        }

        foreach (var repeated in service.Ports.GroupBy(port => port).Where(group => group.Count() > 1))
        {
            Fault("ports", $"Port {repeated.Key} is there twice.", "keep one");
        }

        foreach (var conditional in service.ConditionalPorts)
        {
            if (FindField("conditional_ports", conditional.Field) is { Choices.Count: > 0 } field
                && !field.Choices.Contains(conditional.Contains, StringComparer.Ordinal))
            {
                Fault(
                    "conditional_ports",
                    $"'{conditional.Contains}' is none of the choices of '{field.Key}'.",
                    Suggestion.Fix(conditional.Contains, field.Choices));
            }
        }
    }

    void CheckFields()
    {
        var keys = new HashSet<string>(StringComparer.Ordinal);
        foreach (var field in service.ConfigFields)
        {
            var place = $"config_fields/{field.Key}";
            if (!CatalogSyntax.IsFieldKey(field.Key))
            {
                Fault(place, $"'{field.Key}' is not a key.", "use a lower-case letter, then lower-case letters, digits and underscores");
            }

            if (!keys.Add(field.Key))
            {
                Fault(place, $"'{field.Key}' is defined twice.", "keep one");
            }

            if (field.Minimum > field.Maximum)
            {
                Fault(place, "The minimum is above the maximum.", "swap them");
            }

            if (field.Default is not null && SettingCoercion.Fit(field, field.Default).Fault is { } fault)
            {
                Fault(place, $"The default of '{field.Key}' {fault.Problem}.", fault.Fix);
            }
        }
    }

    void CheckEnvironment()
    {
        foreach (var (variable, value) in service.Environment)
        {
            CheckVariable("environment", variable);
            if (value.Contains('\0', StringComparison.Ordinal))
            {
                Fault("environment", $"The value of '{variable}' holds a NUL character.", "remove it");
            }
        }
    }

    void CheckBindings()
    {
        var variables = service.Environment.Keys.ToHashSet(StringComparer.Ordinal);
        foreach (var binding in service.Bindings)
        {
            CheckVariable("bindings", binding.Variable);
            if (!variables.Add(binding.Variable))
            {
                Fault("bindings", $"The variable '{binding.Variable}' is set twice.", "keep one");
            }

            if (FindField("bindings", binding.Field) is { } field
                && binding.Encoding == SettingEncoding.Flag
                && field.Type != ConfigFieldType.Bool)
            {
                Fault("bindings", $"'{field.Key}' is no bool, so '{binding.Variable}' cannot be a flag.", "use the encoding text or json");
            }
        }
    }

    /// <summary>An intruder reads the environment: it must not tell that the host is a decoy of ours.</summary>
    void CheckVariable(string place, string variable)
    {
        if (!CatalogSyntax.IsVariable(variable))
        {
            Fault(place, $"'{variable}' is not an environment variable.", "use letters, digits and underscores, no digit first");
        }
        else if (variable.StartsWith("DECNET", StringComparison.OrdinalIgnoreCase) || variable is "HOSTNAME")
        {
            Fault(place, $"'{variable}' is reserved.", "choose another name; HOSTNAME is always the decky's, and DECNET would give the decoy away");
        }
    }

    void CheckVolumes()
    {
        var paths = new HashSet<string>(StringComparer.Ordinal);
        foreach (var volume in service.Volumes)
        {
            if (!CatalogSyntax.IsFolder(volume.Folder))
            {
                Fault("volumes", $"'{volume.Folder}' is not a folder below the root of artifacts.", $"use one name, such as {service.Slug}");
            }

            if (!CatalogSyntax.IsContainerPath(volume.Path))
            {
                Fault("volumes", $"'{volume.Path}' is not an absolute path in the container.", "write it as /var/spool/mail: no '..', no ':', not the root");
            }
            else if (!paths.Add(volume.Path))
            {
                Fault("volumes", $"'{volume.Path}' is there twice.", "keep one");
            }
        }
    }

    ConfigField? FindField(string place, string key)
    {
        var field = service.ConfigFields.FirstOrDefault(field => field.Key == key);
        if (field is null)
        {
            Fault(place, $"There is no field '{key}'.", Suggestion.Fix(key, service.ConfigFields.Select(known => known.Key)));
        }

        return field;
    }

    static string CapabilityFix(string capability)
    {
        var plain = capability.ToUpperInvariant();
        plain = plain.StartsWith("CAP_", StringComparison.Ordinal) ? plain[4..] : plain;
        return CatalogSyntax.IsCapability(plain)
            ? $"write {plain}"
            : Suggestion.Nearest(plain, CatalogSyntax.KnownCapabilities) is { } nearest
                ? $"did you mean '{nearest}'?"
                : "write it as in capabilities(7), in upper case and without CAP_; name each one, ALL is not allowed";
    }

    string Target(string place) => $"services/{service.Slug}/{place}";

    void Fault(string place, string message, string fix) => issues.Add(FleetIssue.Error("bad-service", message, fix, Target(place)));
}

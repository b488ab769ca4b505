namespace Decnet.HelpWriter.Reading;

/// <summary>Types as PowerShell writes them.</summary>
internal static class TypeNames
{
    static readonly Dictionary<string, string> Accelerators = new(StringComparer.Ordinal)
    {
        ["System.Boolean"] = "bool",
        ["System.Byte"] = "byte",
        ["System.Char"] = "char",
        ["System.Collections.Hashtable"] = "hashtable",
        ["System.DateTime"] = "datetime",
        ["System.Decimal"] = "decimal",
        ["System.Double"] = "double",
        ["System.Globalization.CultureInfo"] = "cultureinfo",
        ["System.Guid"] = "guid",
        ["System.Int16"] = "short",
        ["System.Int32"] = "int",
        ["System.Int64"] = "long",
        ["System.Management.Automation.PSCredential"] = "pscredential",
        ["System.Management.Automation.PSObject"] = "psobject",
        ["System.Management.Automation.ScriptBlock"] = "scriptblock",
        ["System.Management.Automation.SwitchParameter"] = "SwitchParameter",
        ["System.Net.IPAddress"] = "ipaddress",
        ["System.Net.NetworkInformation.PhysicalAddress"] = "PhysicalAddress",
        ["System.Numerics.BigInteger"] = "bigint",
        ["System.SByte"] = "sbyte",
        ["System.Security.SecureString"] = "securestring",
        ["System.Single"] = "float",
        ["System.String"] = "string",
        ["System.Text.RegularExpressions.Regex"] = "regex",
        ["System.TimeSpan"] = "timespan",
        ["System.UInt16"] = "ushort",
        ["System.UInt32"] = "uint",
        ["System.UInt64"] = "ulong",
        ["System.Uri"] = "uri",
        ["System.Version"] = "version",
        ["System.Xml.XmlDocument"] = "xml",
    };

    /// <summary>As a parameter's type is shown: without namespace, and without the mark of a value that may be missing.</summary>
    internal static string Short(Type type) => Name(WithoutNullable(type), full: false);

    /// <summary>As an input or output is shown: with the namespace, unless PowerShell has a name of its own for the type.</summary>
    internal static string Full(Type type) => Name(WithoutNullable(type), full: true);

    internal static string Full(string name) => Accelerators.GetValueOrDefault(name, name);

    internal static Type WithoutNullable(Type type) =>
        type is { IsGenericType: true, FullName: { } name } && name.StartsWith("System.Nullable`1[", StringComparison.Ordinal)
            ? type.GetGenericArguments()[0]
            : type;

    static string Name(Type type, bool full)
    {
        if (type.IsArray)
        {
            return $"{Name(type.GetElementType()!, full)}[{new string(',', type.GetArrayRank() - 1)}]";
        }

        if (type.IsGenericType)
        {
            var arguments = string.Join(',', type.GetGenericArguments().Select(argument => Name(argument, full)));
            return $"{Plain(type.GetGenericTypeDefinition(), full).Split('`')[0]}[{arguments}]";
        }

        return type.FullName is { } name && Accelerators.TryGetValue(name, out var own) ? own : Plain(type, full);
    }

    static string Plain(Type type, bool full) => full ? type.FullName ?? type.Name : type.Name;
}

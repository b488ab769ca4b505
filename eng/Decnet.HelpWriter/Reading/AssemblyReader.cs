namespace Decnet.HelpWriter.Reading;

using System.Reflection;
using System.Runtime.InteropServices;
using System.Xml.Linq;
using Decnet.HelpWriter.Help;

/// <summary>Reads the cmdlets of an assembly without running any of it.</summary>
internal static class AssemblyReader
{
    /// <summary>The cmdlets by name.</summary>
    /// <param name="assembly">The assembly file.</param>
    /// <param name="xml">Its XML documentation file, and those of other assemblies.</param>
    /// <param name="references">Assembly files, and folders of them, that the assembly needs besides the runtime and its own folder.</param>
    /// <exception cref="FileNotFoundException">A file is missing, or an assembly that the cmdlets refer to.</exception>
    internal static IReadOnlyList<CmdletHelp> Read(string assembly, IReadOnlyList<string> xml, IReadOnlyList<string> references)
    {
        var docs = new XmlDocs(xml.Select(file => XDocument.Load(file, LoadOptions.PreserveWhitespace)));
        using var context = new MetadataLoadContext(new PathAssemblyResolver(Known(assembly, references)));
        var loaded = context.LoadFromAssemblyPath(Path.GetFullPath(assembly));
        try
        {
            return Read(loaded.GetTypes(), docs);
        }
        catch (FileNotFoundException error)
        {
            throw new FileNotFoundException($"{assembly} needs an assembly whose folder --references does not name. {error.Message}", error);
        }
    }

    static IReadOnlyList<CmdletHelp> Read(Type[] types, XmlDocs docs)
    {
        var cmdlets = types.Select(type => (Type: type, Name: CmdletReader.NameOf(type))).Where(found => found.Name is not null).ToArray();
        var names = new ReferenceNames(cmdlets.SelectMany(found => Lineage(found.Type)).Distinct());
        var reader = new CmdletReader(docs, new ProseReader(names.Find));
        return [.. cmdlets.Select(found => reader.Read(found.Type, found.Name!.Value.Verb, found.Name.Value.Noun))
            .OrderBy(cmdlet => cmdlet.Name, StringComparer.Ordinal)];
    }

    static IEnumerable<Type> Lineage(Type type) =>
        type.BaseType is { } parent && parent.Assembly == type.Assembly ? Lineage(parent).Append(type) : [type];

    /// <summary>Files that resolve references. Of two with the same name the first counts, and those of the runtime come first.</summary>
    static IEnumerable<string> Known(string assembly, IReadOnlyList<string> references)
    {
        string[] places = [RuntimeEnvironment.GetRuntimeDirectory(), .. references, Path.GetDirectoryName(Path.GetFullPath(assembly))!];
        return places.SelectMany(FilesOf).DistinctBy(Path.GetFileName, StringComparer.OrdinalIgnoreCase);
    }

    static IEnumerable<string> FilesOf(string place) =>
        Directory.Exists(place) ? Directory.GetFiles(place, "*.dll").Order(StringComparer.Ordinal)
        : File.Exists(place) ? [place]
        : throw new FileNotFoundException($"There is no file or folder '{place}'.", place);
}

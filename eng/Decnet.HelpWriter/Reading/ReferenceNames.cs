namespace Decnet.HelpWriter.Reading;

using Decnet.HelpWriter.Help;

/// <summary>What a user of the shell calls the things that XML comments refer to.</summary>
internal sealed class ReferenceNames
{
    readonly Dictionary<string, Span> known = new(StringComparer.Ordinal);

    internal ReferenceNames(IEnumerable<Type> types)
    {
        foreach (var type in types)
        {
            if (CmdletReader.NameOf(type) is var (verb, noun))
            {
                known[$"T:{XmlDocs.Id(type)}"] = new Span(SpanKind.Cmdlet, $"{verb}-{noun}", $"{verb}-{noun}");
            }

            foreach (var property in type.GetProperties().Where(property => Attributes.Has(property, "Parameter")))
            {
                known[$"P:{XmlDocs.Id(property.DeclaringType!)}.{property.Name}"] = new Span(SpanKind.Code, $"-{property.Name}");
            }
        }
    }

    /// <summary>A cmdlet, a parameter, or of anything else the last part of its name.</summary>
    /// <param name="cref">The reference as the compiler wrote it, such as <c>T:Decnet.PowerShell.DeckyRow</c>.</param>
    internal Span Find(string cref) =>
        known.GetValueOrDefault(cref) ?? new Span(SpanKind.Code, cref.Split('(')[0].Split('.', ':')[^1].Split('`')[0]);
}

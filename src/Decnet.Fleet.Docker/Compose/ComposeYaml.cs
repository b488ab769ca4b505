namespace Decnet.Fleet.Docker.Compose;

using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

/// <summary>
/// Writes the YAML of a Compose file. Texts are always quoted, so that no reader takes <c>on</c>, <c>1e3</c> or <c>22:22</c>
/// for anything else, and a dollar sign is doubled, which is how Compose writes one that it must not replace.
/// </summary>
internal sealed class ComposeYaml
{
    readonly Emitter emitter;

    internal ComposeYaml(TextWriter writer)
    {
        emitter = new Emitter(writer, EmitterSettings.Default.WithBestWidth(int.MaxValue).WithBestIndent(2).WithIndentedSequences());
        emitter.Emit(new StreamStart());
        emitter.Emit(new DocumentStart(null, null, isImplicit: true));
    }

    internal void End()
    {
        emitter.Emit(new DocumentEnd(isImplicit: true));
        emitter.Emit(new StreamEnd());
    }

    internal void Map(Action content)
    {
        emitter.Emit(new MappingStart(AnchorName.Empty, TagName.Empty, isImplicit: true, MappingStyle.Block));
        content();
        emitter.Emit(new MappingEnd());
    }

    internal void Map(string key, Action content)
    {
        Plain(key);
        Map(content);
    }

    /// <summary>A map whose key is a name of somebody's choice; it is quoted and not subject to replacement.</summary>
    internal void NamedMap(string name, Action content)
    {
        Quoted(name);
        Map(content);
    }

    internal void Text(string key, string? value)
    {
        if (value is not null)
        {
            Plain(key);
            Quoted(Escape(value));
        }
    }

    internal void Number(string key, long? value)
    {
        if (value is { } number)
        {
            Plain(key);
            Plain(number.ToString(CultureInfo.InvariantCulture));
        }
    }

    internal void Fraction(string key, double? value)
    {
        if (value is { } number)
        {
            Plain(key);
            Plain(number.ToString("0.0########", CultureInfo.InvariantCulture));
        }
    }

    internal void Texts(string key, IReadOnlyCollection<string>? values)
    {
        if (values is not { Count: > 0 })
        {
            return;
        }

        Plain(key);
        emitter.Emit(new SequenceStart(AnchorName.Empty, TagName.Empty, isImplicit: true, SequenceStyle.Block));
        foreach (var value in values)
        {
            Quoted(Escape(value));
        }

        emitter.Emit(new SequenceEnd());
    }

    internal void Pairs(string key, IEnumerable<KeyValuePair<string, string>>? values)
    {
        var pairs = values?.ToArray();
        if (pairs is not { Length: > 0 })
        {
            return;
        }

        Map(key, () =>
        {
            foreach (var (name, value) in pairs)
            {
                Quoted(name);
                Quoted(Escape(value));
            }
        });
    }

    /// <summary>A list of one map.</summary>
    internal void Single(string key, Action content)
    {
        Plain(key);
        emitter.Emit(new SequenceStart(AnchorName.Empty, TagName.Empty, isImplicit: true, SequenceStyle.Block));
        Map(content);
        emitter.Emit(new SequenceEnd());
    }

    static string Escape(string value) => value.Replace("$", "$$", StringComparison.Ordinal);

    void Plain(string text) => emitter.Emit(new Scalar(AnchorName.Empty, TagName.Empty, text, ScalarStyle.Plain, isPlainImplicit: true, isQuotedImplicit: false));

    void Quoted(string text) =>
        emitter.Emit(new Scalar(AnchorName.Empty, TagName.Empty, text, ScalarStyle.DoubleQuoted, isPlainImplicit: false, isQuotedImplicit: true));
}

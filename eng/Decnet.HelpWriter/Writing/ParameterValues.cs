namespace Decnet.HelpWriter.Writing;

using Decnet.HelpWriter.Help;

/// <summary>Tells the values of a parameter that takes only certain ones.</summary>
internal static class ParameterValues
{
    /// <summary>A list when there is something to say of the values, otherwise one sentence.</summary>
    internal static IEnumerable<Block> Described(ParameterHelp parameter)
    {
        if (parameter.Values.Count == 0)
        {
            return [];
        }

        if (parameter.Values.All(value => value.Text.Count == 0))
        {
            return [new Paragraph([Words("Values: "), .. parameter.Values.SelectMany(Named), Words(".")])];
        }

        var items = parameter.Values.Select(value => new ListItem([], [Code(value.Name), .. value.Text.Count > 0 ? [Words(": "), .. value.Text] : (Span[])[]]));
        return [new Paragraph([Words("Values:")]), new ListBlock(Ordered: false, [.. items])];
    }

    static IEnumerable<Span> Named(ValueHelp value, int index) => index > 0 ? [Words(", "), Code(value.Name)] : [Code(value.Name)];

    static Span Words(string text) => new(SpanKind.Words, text);

    static Span Code(string text) => new(SpanKind.Code, text);
}

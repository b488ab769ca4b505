namespace Decnet.HelpWriter.Reading;

using System.Xml.Linq;
using Decnet.HelpWriter.Help;

/// <summary>Reads an <c>example</c>: a title in <c>summary</c> or <c>title</c> if any, commands in <c>code</c>, the rest is what is said of them.</summary>
internal static class ExampleReader
{
    internal static ExampleHelp Read(XElement example, int number, ProseReader prose)
    {
        var title = example.Element("summary") ?? example.Element("title");
        var code = example.Elements("code").ToArray();
        var remarks = new XElement("remarks", example.Nodes().Where(node => node != title && !code.Contains(node)));
        return new ExampleHelp(
            number,
            prose.ReadLine(title),
            string.Join("\n\n", code.Select(ProseReader.Code).Where(text => text.Length > 0)),
            prose.Read(remarks));
    }
}

namespace Decnet.Daemon.Output;

using System.Globalization;
using Decnet.Fleet.Model;

/// <summary>Prints events, each in a line: they come one by one, so that columns cannot be as wide as their widest cell.</summary>
internal sealed class EventLines(Terminal terminal, bool json)
{
    internal void Write(DecnetEvent happened)
    {
        if (json)
        {
            JsonLines.Write(terminal.Out, writer =>
            {
                writer.WriteNumber("sequence", happened.Sequence);
                writer.WriteString("time", TimeText.Full(happened.Time));
                writer.WriteString("topic", happened.Topic);
                writer.WriteString("type", happened.Type);
                writer.WritePropertyName("payload");
                writer.WriteRawValue(happened.Payload);
            });
        }
        else
        {
            terminal.Out.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{happened.Sequence,6}  {TimeText.Short(happened.Time)}  {happened.Topic,-32}  {happened.Type}  {happened.Payload}"));
        }

        terminal.Out.Flush();
    }
}

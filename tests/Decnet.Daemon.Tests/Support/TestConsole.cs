namespace Decnet.Daemon.Tests.Support;

using System.Globalization;
using System.Text;
using Decnet.Daemon.Output;

/// <summary>A terminal whose two outputs are texts.</summary>
internal sealed class TestConsole
{
    readonly LockedWriter output = new();
    readonly LockedWriter errors = new();

    internal string Out => output.ToString();

    internal string Errors => errors.ToString();

    internal Terminal Terminal(bool isTerminal = false, string input = "", int width = int.MaxValue) => new()
    {
        Out = output,
        Error = errors,
        In = new StringReader(input),
        OutIsTerminal = isTerminal,
        ErrorIsTerminal = isTerminal,
        InIsTerminal = isTerminal,
        Width = () => width,
    };

    /// <summary>Text that one thread reads while others write it.</summary>
    sealed class LockedWriter() : TextWriter(CultureInfo.InvariantCulture)
    {
        readonly StringBuilder text = new();

        public override Encoding Encoding => Encoding.UTF8;

        public override void Write(char value)
        {
            lock (text)
            {
                text.Append(value);
            }
        }

        public override void Write(string? value)
        {
            lock (text)
            {
                text.Append(value);
            }
        }

        public override string ToString()
        {
            lock (text)
            {
                return text.ToString();
            }
        }
    }
}

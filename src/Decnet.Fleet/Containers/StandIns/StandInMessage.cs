namespace Decnet.Fleet.Containers.StandIns;

using System.Text;

/// <summary>What a stand-in says: a sequence of parts that becomes one <c>printf</c>.</summary>
internal sealed class StandInMessage
{
    readonly List<StandInPiece> pieces = [];

    internal bool IsEmpty => pieces.Count == 0;

    /// <summary>Whether it has a part that only the shell knows.</summary>
    internal bool IsOpen => pieces.Any(piece => piece.Bytes is null);

    /// <summary>How many bytes it has, without the name of the user.</summary>
    internal int Length => pieces.Sum(piece => piece.Bytes?.Length ?? piece.Size ?? 0);

    internal bool HasUser => pieces.Contains(StandInPiece.User);

    /// <summary>Whether its length is not known, not even without the name of the user.</summary>
    internal bool HasText => pieces.Any(piece => piece is { Bytes: null, Size: null } && piece != StandInPiece.User);

    internal StandInMessage Add(params ReadOnlySpan<byte> bytes) => Add(new StandInPiece(bytes.ToArray()));

    internal StandInMessage Add(StandInPiece piece)
    {
        if (piece.Bytes is not { Length: 0 })
        {
            pieces.Add(piece);
        }

        return this;
    }

    internal StandInMessage Add(StandInMessage message)
    {
        pieces.AddRange(message.pieces);
        return this;
    }

    /// <summary>The known bytes.</summary>
    /// <exception cref="FormatException">It has parts that only the shell knows.</exception>
    internal byte[] ToBytes() =>
        IsOpen ? throw new FormatException("What the client said cannot stand here.") : [.. pieces.SelectMany(piece => piece.Bytes!)];

    /// <summary>The command of the shell that says it.</summary>
    internal string ToShell()
    {
        var (format, command, arguments) = (new StringBuilder(), new StringBuilder("printf "), new StringBuilder());
        foreach (var piece in pieces)
        {
            if (piece.Bytes is { } bytes)
            {
                ShellText.AppendFormat(format, bytes);
            }
            else if (piece.Size is not null)
            {
                Close();
                command.Append('"').Append(piece.Shell).Append('"');
            }
            else
            {
                format.Append("%s");
                arguments.Append(" \"").Append(piece.Shell).Append('"');
            }
        }

        Close();
        return command.Append(arguments).ToString();

        void Close()
        {
            if (format.Length > 0)
            {
                command.Append('\'').Append(format).Append('\'');
                format.Clear();
            }
        }
    }
}

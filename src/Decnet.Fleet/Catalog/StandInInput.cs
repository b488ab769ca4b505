namespace Decnet.Fleet.Catalog;

using System.Text.Json.Serialization;
using Decnet.Fleet.Model.Json;

/// <summary>What a stand-in expects from its clients.</summary>
[JsonConverter(typeof(TokenConverter<StandInInput>))]
internal enum StandInInput
{
    /// <summary>Whatever comes, without an answer.</summary>
    Anything,

    /// <summary>Lines that begin with a command.</summary>
    Lines,

    /// <summary>Lines that begin with a tag, then a command, as in IMAP.</summary>
    TaggedLines,

    /// <summary>Commands of Redis, as lines or as arrays of the RESP protocol.</summary>
    Resp,

    /// <summary>Messages of bytes.</summary>
    Bytes,

    /// <summary>A request line, then header lines and an empty one, as in HTTP and SIP.</summary>
    Requests,
}

namespace Decnet.Fleet.Model;

using System.Text.Json.Serialization;
using Decnet.Fleet.Model.Json;

/// <summary>How far an <see cref="Operation"/> is. The last two are final: a row that has one of them never changes again.</summary>
[JsonConverter(typeof(TokenConverter<OperationStatus>))]
public enum OperationStatus
{
    /// <summary>Recorded, not begun.</summary>
    Pending,

    /// <summary>Under way.</summary>
    Running,

    /// <summary>Ended well.</summary>
    Succeeded,

    /// <summary>Ended without reaching its goal; <see cref="Operation.Error"/> says why.</summary>
    Failed,
}

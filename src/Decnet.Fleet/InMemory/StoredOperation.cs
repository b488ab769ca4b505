namespace Decnet.Fleet.InMemory;

using Decnet.Fleet.Model;

/// <summary>An operation with its place in the order of arrival, which orders operations recorded at the same instant.</summary>
internal sealed record StoredOperation(long Number, Operation Operation);

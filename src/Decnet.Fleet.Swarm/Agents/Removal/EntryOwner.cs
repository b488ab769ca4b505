namespace Decnet.Fleet.Swarm.Agents.Removal;

/// <summary>Whose an entry of a folder is, and what others may do with it.</summary>
/// <param name="User">The number of the user.</param>
/// <param name="Group">The number of the group.</param>
/// <param name="Mode">The permissions, as of chmod(2).</param>
internal readonly record struct EntryOwner(uint User, uint Group, int Mode)
{
    const int GroupOrOthersWrite = 0x12;
    const int Sticky = 0x200;

    internal bool OthersMayWrite => (Mode & GroupOrOthersWrite) != 0;

    /// <summary>Of a folder: others add entries, and leave alone what is not theirs.</summary>
    internal bool IsSticky => (Mode & Sticky) != 0;
}

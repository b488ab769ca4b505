namespace Decnet.Fleet.Swarm.Agents.Removal;

using Decnet.Fleet.Model;

/// <summary>
/// Reads files of a folder with the rights of its owner when root does it: links in it lead to nothing that the owner could not read.
/// </summary>
internal static class OwnerRights
{
    const uint Root = 0;
    const uint Nobody = uint.MaxValue;

    /// <summary>Reads something.</summary>
    /// <param name="folder">The folder, which lies where its owner cannot exchange it.</param>
    /// <param name="read">Reads it, on the calling thread.</param>
    /// <exception cref="RemovalException">The folder cannot be looked at, or the rights cannot be had.</exception>
    internal static T Read<T>(string folder, Func<T> read)
    {
        if (!OperatingSystem.IsLinux() || RemovalNative.EffectiveUser() != Root || OwnerOf(folder) is not { User: not Root } owner)
        {
            return read();
        }

        var group = RemovalNative.UseFilesAsGroup(owner.Group);
        var user = RemovalNative.UseFilesAs(owner.User);
        try
        {
            // The call itself does not say whether it succeeded.
            return RemovalNative.UseFilesAs(Nobody) == owner.User
                ? read()
                : throw new RemovalException($"'{folder}' cannot be read with the rights of its owner, user {owner.User}.");
        }
        finally
        {
            RemovalNative.UseFilesAs(user);
            RemovalNative.UseFilesAsGroup(group);
        }
    }

    static EntryOwner? OwnerOf(string folder)
    {
        try
        {
            using var above = OpenFolder.Above(folder);
            return above.OwnerOf(Path.GetFileName(folder));
        }
        catch (RemovalException error) when (error.IsMissing)
        {
            return null;
        }
    }
}

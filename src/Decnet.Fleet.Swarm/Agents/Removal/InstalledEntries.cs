namespace Decnet.Fleet.Swarm.Agents.Removal;

/// <summary>The files and folders of an installation: looks whether each is what was listed, and removes it.</summary>
/// <param name="manifest">What was installed, checked.</param>
internal sealed class InstalledEntries(InstallManifest manifest)
{
    /// <summary>Folders deeper than this are none of ours.</summary>
    const int MostDepth = 100;

    readonly HashSet<string> kept = new(manifest.Logs, StringComparer.Ordinal);

    /// <summary>Says why an entry cannot be removed; null when it can, or is gone already.</summary>
    /// <param name="path">The entry.</param>
    /// <param name="isFolder">Whether it was listed as a folder.</param>
    /// <param name="asSelf">Whether this process's own rights must suffice.</param>
    internal string? Obstacle(string path, bool isFolder, bool asSelf)
    {
        try
        {
            using var above = OpenFolder.Above(path);
            if (Check(above, path, isFolder, asSelf) && asSelf && !above.CanChange())
            {
                return $"'{path}' cannot be removed: this process may not change '{above.Path}'.";
            }

            return null;
        }
        catch (RemovalException error)
        {
            return error.IsMissing || (error.IsDenied && !asSelf) ? null : error.Message;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return error is UnauthorizedAccessException && !asSelf ? null : $"'{path}' cannot be looked at: {error.Message}";
        }
    }

    /// <summary>Removes an entry. One that is not there counts as removed.</summary>
    /// <exception cref="RemovalException">It is not what was listed, or cannot be removed.</exception>
    internal void Remove(string path, bool isFolder)
    {
        try
        {
            using var above = OpenFolder.Above(path);
            if (!Check(above, path, isFolder, asSelf: true))
            {
                return;
            }

            if (isFolder)
            {
                RemoveFolder(above, Path.GetFileName(path), 0);
            }
            else if (!kept.Contains(path))
            {
                above.RemoveFile(Path.GetFileName(path));
            }
        }
        catch (RemovalException error) when (error.IsMissing)
        {
            // It is gone, which is what was asked for.
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new RemovalException($"'{path}' cannot be removed: {error.Message}");
        }
    }

    /// <summary>Sees that an entry is what was listed.</summary>
    /// <returns>False when it is not there.</returns>
    bool Check(OpenFolder above, string path, bool isFolder, bool asSelf)
    {
        var name = Path.GetFileName(path);
        switch (above.KindOf(name))
        {
            case EntryKind.Missing:
                return false;
            case EntryKind.File when !isFolder:
                return true;
            case EntryKind.Folder when isFolder:
                CheckFolder(above, name, path);
                return true;
            // What a unit may write is mounted on itself for the unit alone (ReadWritePaths=); a remover of its own does not see that, and looks again.
            case EntryKind.Mount when isFolder && !asSelf && above.IsOnSameDevice(name):
                CheckFolder(above, name, path);
                return true;
            case EntryKind.Link:
                throw new RemovalException($"'{path}' is a symbolic link, and what it points at was not listed.");
            case EntryKind.Mount:
                throw new RemovalException($"Another file system is mounted on '{path}'. Unmount it first.");
            default:
                throw new RemovalException($"'{path}' is no {(isFolder ? "folder" : "regular file")}.");
        }
    }

    void CheckFolder(OpenFolder above, string name, string path)
    {
        using var folder = above.Enter(name);
        if (folder.Read(InstallManifest.MarkerName)?.Trim() != manifest.Id)
        {
            throw new RemovalException($"'{path}' is not a folder of this installation: it has no '{InstallManifest.MarkerName}' with its identity.");
        }

        if (FindMount(folder, 0) is { } mount)
        {
            throw new RemovalException($"Another file system is mounted on '{mount}'. Unmount it first.");
        }
    }

    static string? FindMount(OpenFolder folder, int depth)
    {
        foreach (var name in folder.Names())
        {
            switch (folder.KindOf(name))
            {
                case EntryKind.Mount:
                    return $"{folder.Path}/{name}";
                case EntryKind.Folder when depth < MostDepth:
                    using (var inner = folder.Enter(name))
                    {
                        if (FindMount(inner, depth + 1) is { } found)
                        {
                            return found;
                        }
                    }

                    break;
            }
        }

        return null;
    }

    /// <summary>Removes a folder with all that is in it but for what is kept.</summary>
    /// <returns>Whether it is gone.</returns>
    bool RemoveFolder(OpenFolder above, string name, int depth)
    {
        if (kept.Contains($"{above.Path}/{name}"))
        {
            return false;
        }

        var isEmpty = true;
        using (var folder = above.Enter(name))
        {
            if (depth > MostDepth)
            {
                throw new RemovalException($"'{folder.Path}' lies too deep to be of this installation.");
            }

            // The marker goes last, so that a removal that is interrupted can be made again.
            foreach (var entry in folder.Names().OrderBy(entry => entry == InstallManifest.MarkerName))
            {
                isEmpty &= RemoveEntry(folder, entry, depth);
            }
        }

        if (isEmpty)
        {
            above.RemoveFolder(name);
        }

        return isEmpty;
    }

    bool RemoveEntry(OpenFolder folder, string name, int depth)
    {
        switch (folder.KindOf(name))
        {
            case EntryKind.Missing:
                return true;
            case EntryKind.Folder:
                return RemoveFolder(folder, name, depth + 1);
            case EntryKind.Mount:
                throw new RemovalException($"Another file system is mounted on '{folder.Path}/{name}'. Unmount it first.");
            default:
                // A link in one of our folders is ours; what it points at is not, and stays.
                if (kept.Contains($"{folder.Path}/{name}"))
                {
                    return false;
                }

                folder.RemoveFile(name);
                return true;
        }
    }
}

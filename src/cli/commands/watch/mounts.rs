//! Whether a folder lies on another machine, whose changes the system doesn't report.

use std::path::Path;

/// File systems of other machines, as `/proc/mounts` names them. Their changes, made elsewhere, raise no event here.
const REMOTE: [&str; 18] = [
    "9p",
    "afs",
    "ceph",
    "cifs",
    "davfs",
    "drvfs",
    "fuse.glusterfs",
    "fuse.rclone",
    "fuse.sshfs",
    "fuse.vmhgfs-fuse",
    "ncpfs",
    "nfs",
    "nfs4",
    "prl_fs",
    "smb3",
    "smbfs",
    "vboxsf",
    "virtiofs",
];

/// Whether a canonical folder lies on another machine, as far as the system tells: Linux by its table of mounts,
/// Windows by its name (a network drive's is that of its share). Elsewhere it is not known and taken for near.
pub(super) fn is_remote(folder: &Path) -> bool {
    let mounts =
        if cfg!(target_os = "linux") { std::fs::read_to_string("/proc/self/mounts") } else { Ok(String::new()) };
    is_share(&folder.to_string_lossy()) || kind_of(folder, &mounts.unwrap_or_default()).is_some_and(is_remote_kind)
}

fn is_remote_kind(kind: &str) -> bool {
    REMOTE.contains(&kind)
}

/// `\\server\share\…` and its verbatim spelling `\\?\UNC\server\…`.
fn is_share(folder: &str) -> bool {
    match folder.strip_prefix(r"\\?\") {
        Some(verbatim) => verbatim.starts_with(r"UNC\"),
        None => folder.starts_with(r"\\") && !folder.starts_with(r"\\."),
    }
}

/// The kind of the file system that a folder lies on: that of the longest mount point above it, the last of equals.
fn kind_of<'a>(folder: &Path, mounts: &'a str) -> Option<&'a str> {
    let mounts = mounts.lines().filter_map(|line| {
        let mut words = line.split(' ').skip(1);
        let (point, kind) = (words.next()?, words.next()?);
        let point = unescaped(point);
        folder.starts_with(&point).then_some((point.len(), kind))
    });
    mounts.max_by_key(|(length, _)| *length).map(|(_, kind)| kind)
}

/// A mount point with its blanks, which the table writes in octal.
fn unescaped(point: &str) -> String {
    point.replace(r"\040", " ").replace(r"\011", "\t").replace(r"\012", "\n").replace(r"\134", r"\")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn network_drives_are_known_by_their_mounts() {
        let mounts = "/dev/sda1 / ext4 rw 0 0\n//server/share /mnt/公用\\040盘 cifs rw 0 0\n\
                      server:/home /home nfs4 rw 0 0\n/dev/sdb1 /home/near ext4 rw 0 0\n";
        let remote = |folder: &str| kind_of(Path::new(folder), mounts).is_some_and(is_remote_kind);
        assert!(remote("/mnt/公用 盘/图") && remote("/home/li/图"));
        assert!(!remote("/home/near/图") && !remote("/tmp") && !remote("/homes"));
        assert!(!is_remote(Path::new("/proc")));
    }

    #[test]
    fn shares_of_windows_are_known_by_their_names() {
        assert!(is_share(r"\\server\share\图") && is_share(r"\\?\UNC\server\share\图"));
        assert!(!is_share(r"\\?\C:\图") && !is_share(r"C:\图") && !is_share("/home") && !is_share(r"\\.\pipe"));
    }
}

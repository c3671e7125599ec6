//! Rows for what the program finds about its own work: names of posters, its own faults.

macro_rules! program_codes {
    ($next:ident $($rest:tt)*) => { $next! { $($rest)*
    NameClash "name-clash" Error {
        message: "两张图的海报会同名：{first} 和 {second} 都会写成“{name}”" | "two charts would be written under one name: {first} and {second} both become “{name}”",
        hints: ["请给其中一个文件改名；只差大小写的名字算同名" | "rename one of the files; names that differ in case alone are one name"],
        why: "后写的海报会盖掉先写的；在不分大小写的磁盘上 A 和 a 也是同一个文件，所以两张都不写。" | "The later poster would replace the earlier one, and on many disks A and a are one file, so neither is written.",
        bad: "",
        good: "",
    }
    InternalFault "internal-fault" Error {
        message: "程序内部出错，这张图没有生成：{fault}" | "internal fault, the chart was not built: {fault}",
        hints: ["这是程序的毛病，不是图的毛病：请把这个文件和这一行发给开发者" | "the program is at fault, not the chart: please send this line and the file to the developers"],
        why: "其他的图不受影响，照常生成。" | "The other charts are built all the same.",
        bad: "",
        good: "",
    }
    }};
}

//! The library or program that called this library.

use std::ffi::{CStr, c_int, c_void};
use std::mem::MaybeUninit;

#[cfg(all(target_os = "linux", target_pointer_width = "32"))]
use libc::Elf32_Phdr as Header;
#[cfg(all(target_os = "linux", target_pointer_width = "64"))]
use libc::Elf64_Phdr as Header;

/// A frame of the stack, as the unwinder defines it.
#[repr(C)]
struct Context([u8; 0]);

const GO_ON: c_int = 0;
const STOP: c_int = 4;

// The unwinder of Rust's panics, so it is always available.
unsafe extern "C" {
    fn _Unwind_Backtrace(
        see: unsafe extern "C" fn(*mut Context, *mut c_void) -> c_int,
        argument: *mut c_void,
    ) -> c_int;
    fn _Unwind_GetIP(frame: *mut Context) -> usize;
}

/// A library or program in this process.
pub(super) struct Image {
    path: Vec<u8>,
    /// Its base address.
    #[cfg_attr(not(target_os = "linux"), expect(dead_code))]
    base: usize,
}

/// The state of the walk along the stack.
struct Search {
    own: *mut c_void,
    found: Option<Image>,
}

/// The library that called this one.
pub(super) fn image() -> Option<Image> {
    let own = at((image as fn() -> _ as *const ()).addr())?.dli_fbase;
    let mut search = Search { own, found: None };
    // SAFETY: the unwinder calls `see` before it returns, with the pointer that is passed here.
    unsafe { _Unwind_Backtrace(see, (&raw mut search).cast()) };
    search.found
}

unsafe extern "C" fn see(frame: *mut Context, search: *mut c_void) -> c_int {
    // SAFETY: the unwinder passes a valid frame, and the pointer to the search.
    let (address, search) = unsafe { (_Unwind_GetIP(frame), &mut *search.cast::<Search>()) };
    // The address is the one after the call, which may already belong to the next function.
    let Some(image) = at(address.wrapping_sub(1)) else {
        return STOP;
    };
    if image.dli_fbase == search.own {
        return GO_ON;
    }
    if !image.dli_fname.is_null() {
        // SAFETY: the name is a string with a terminator, and its library is in use.
        let path = unsafe { CStr::from_ptr(image.dli_fname) }.to_bytes();
        search.found = Some(Image {
            path: path.to_vec(),
            base: image.dli_fbase.addr(),
        });
    }
    STOP
}

/// The library that an address belongs to.
fn at(address: usize) -> Option<libc::Dl_info> {
    let mut info = MaybeUninit::<libc::Dl_info>::uninit();
    // SAFETY: `dladdr` accepts any address; `info` has room for the answer.
    match unsafe { libc::dladdr(std::ptr::without_provenance(address), info.as_mut_ptr()) } {
        0 => None,
        // SAFETY: the answer was written, as the result says.
        _ => Some(unsafe { info.assume_init() }),
    }
}

impl Image {
    pub(super) fn path(&self) -> &[u8] {
        &self.path
    }
}

#[cfg(not(target_os = "linux"))]
impl Image {
    /// On these platforms driver managers are not linked into programs, so there is no search.
    pub(super) fn contains(&self, _text: &[u8]) -> bool {
        false
    }
}

#[cfg(target_os = "linux")]
impl Image {
    /// The search stops here: driver managers and the programs that contain one are small.
    const MOST: usize = 32 << 20;

    /// Whether the text is among the library's constants.
    pub(super) fn contains(&self, text: &[u8]) -> bool {
        let mut look = Look {
            base: self.base,
            text,
            found: false,
        };
        // SAFETY: `constants` is called before the function returns, with the pointer given here.
        unsafe { libc::dl_iterate_phdr(Some(constants), (&raw mut look).cast()) };
        look.found
    }
}

/// A text, and the library to search.
#[cfg(target_os = "linux")]
struct Look<'a> {
    base: usize,
    text: &'a [u8],
    found: bool,
}

#[cfg(target_os = "linux")]
unsafe extern "C" fn constants(
    info: *mut libc::dl_phdr_info,
    _size: libc::size_t,
    look: *mut c_void,
) -> c_int {
    // SAFETY: the loader passes a valid description, whose headers live during the call; `look` is
    // ours.
    let (info, look) = unsafe { (&*info, &mut *look.cast::<Look<'_>>()) };
    if info.dlpi_phdr.is_null() {
        return GO_ON;
    }
    // SAFETY: the loader says how many headers there are.
    let headers = unsafe { std::slice::from_raw_parts(info.dlpi_phdr, info.dlpi_phnum.into()) };
    let loaded = |header: &&Header| header.p_type == libc::PT_LOAD;
    let start = |header: &Header| (info.dlpi_addr + header.p_vaddr) as usize;
    // The image begins with the page of its first segment.
    let first = headers.iter().find(loaded).map(start);
    if first.is_none_or(|first| first & !0xFFF != look.base) {
        return GO_ON;
    }
    for header in headers.iter().filter(loaded) {
        let readable = header.p_flags & (libc::PF_R | libc::PF_W) == libc::PF_R;
        let length = (header.p_filesz as usize).min(Image::MOST);
        if !readable || length == 0 {
            continue;
        }
        let at = std::ptr::with_exposed_provenance::<u8>(start(header));
        // SAFETY: the segment is loaded there, is readable, and nobody writes to it.
        let segment = unsafe { std::slice::from_raw_parts(at, length) };
        // The C library's search is not used: AddressSanitizer replaces it by one that reports the
        // gaps between constants as errors.
        look.found |= memchr::memmem::find(segment, look.text).is_some();
    }
    STOP
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_belong_to_libraries() {
        let own = at((image as fn() -> _ as *const ()).addr()).unwrap();
        let libc = at((libc::getpid as unsafe extern "C" fn() -> _ as *const ()).addr());
        assert_ne!(own.dli_fbase, libc.unwrap().dli_fbase);
        assert!(at(1).is_none());
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn an_image_contains_its_own_texts_and_no_others() {
        let libc = at((libc::getpid as unsafe extern "C" fn() -> _ as *const ()).addr()).unwrap();
        let image = Image {
            path: Vec::new(),
            base: libc.dli_fbase.addr(),
        };
        assert!(image.contains(b"No such file or directory"));
        assert!(!image.contains(b"a text that the C library has no use for"));
    }
}

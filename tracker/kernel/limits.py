"""Limits that a process puts on itself before it opens somebody's file.

Where an operating system offers none, the parent's clock is what is left (`children`).
"""

from __future__ import annotations

import sys


def limit_this_process(seconds: int, memory: int) -> None:
    """No more processor time than this, no memory dump, and no more memory: address space on POSIX
    and memory on Windows, the interpreter included."""
    if sys.platform == "win32":
        _limit_on_windows(memory)
    else:
        _limit_on_posix(seconds, memory)


if sys.platform == "win32":

    def _limit_on_windows(memory: int) -> None:
        """Put this process into a job of its own that has a memory limit.

        The handle stays open until the process ends, and the job with it.
        """
        import ctypes
        from ctypes import wintypes

        class BasicLimits(ctypes.Structure):
            _fields_ = (
                ("PerProcessUserTimeLimit", wintypes.LARGE_INTEGER),
                ("PerJobUserTimeLimit", wintypes.LARGE_INTEGER),
                ("LimitFlags", wintypes.DWORD),
                ("MinimumWorkingSetSize", ctypes.c_size_t),
                ("MaximumWorkingSetSize", ctypes.c_size_t),
                ("ActiveProcessLimit", wintypes.DWORD),
                ("Affinity", ctypes.c_size_t),
                ("PriorityClass", wintypes.DWORD),
                ("SchedulingClass", wintypes.DWORD),
            )

        class ExtendedLimits(ctypes.Structure):
            _fields_ = (
                ("BasicLimitInformation", BasicLimits),
                ("IoInfo", ctypes.c_ulonglong * 6),
                ("ProcessMemoryLimit", ctypes.c_size_t),
                ("JobMemoryLimit", ctypes.c_size_t),
                ("PeakProcessMemoryUsed", ctypes.c_size_t),
                ("PeakJobMemoryUsed", ctypes.c_size_t),
            )

        extended_limit_information, process_memory_limit = 9, 0x100
        try:
            kernel = ctypes.WinDLL("kernel32", use_last_error=True)
            kernel.CreateJobObjectW.restype = wintypes.HANDLE
            kernel.CreateJobObjectW.argtypes = (ctypes.c_void_p, wintypes.LPCWSTR)
            kernel.GetCurrentProcess.restype = wintypes.HANDLE
            kernel.SetInformationJobObject.argtypes = (
                wintypes.HANDLE,
                ctypes.c_int,
                ctypes.c_void_p,
                wintypes.DWORD,
            )
            kernel.AssignProcessToJobObject.argtypes = (wintypes.HANDLE, wintypes.HANDLE)
            job = kernel.CreateJobObjectW(None, None)
            limits = ExtendedLimits()
            limits.BasicLimitInformation.LimitFlags = process_memory_limit
            limits.ProcessMemoryLimit = memory
            if job and kernel.SetInformationJobObject(
                job, extended_limit_information, ctypes.byref(limits), ctypes.sizeof(limits)
            ):
                kernel.AssignProcessToJobObject(job, kernel.GetCurrentProcess())
        except (OSError, AttributeError):
            return

else:
    import resource

    def _limit_on_posix(seconds: int, memory: int) -> None:
        # Past the second figure of processor time there is no word of why it ended (SIGXCPU).
        wanted = (
            (resource.RLIMIT_AS, memory, memory),
            (resource.RLIMIT_CPU, seconds, seconds + 1),
            (resource.RLIMIT_CORE, 0, 0),
        )
        for what, most, last in wanted:
            _, hard = resource.getrlimit(what)
            if hard != resource.RLIM_INFINITY:
                most, last = min(most, hard), min(last, hard)
            try:
                resource.setrlimit(what, (most, last))
            except (OSError, ValueError):
                # macOS knows no limit on address space.
                continue

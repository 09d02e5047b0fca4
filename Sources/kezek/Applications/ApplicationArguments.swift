// SPDX-License-Identifier: Apache-2.0

public import Applications
public import ArgumentParser

extension ApplicationID: ExpressibleByArgument {}

